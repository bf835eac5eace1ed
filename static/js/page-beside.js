// Fetches the picture of the page anew once words were saved. One at a time; and where it cannot be
// had, the picture stays as it was. It is sent only if it would be another: see its version.

function asAddress(picture) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", reject);
    reader.readAsDataURL(picture);
  });
}

export default function pageBeside(element) {
  const picture = element.querySelector("img");
  const address = picture?.getAttribute("src");
  let version = "";
  let busy = false;
  let again = false;

  async function refresh() {
    again = busy;
    if (busy || !picture.checkVisibility()) {
      return;
    }
    busy = true;
    try {
      const headers = version ? { "If-None-Match": version } : {};
      const answer = await fetch(address, { headers, redirect: "manual" });
      if (answer.ok) {
        picture.src = await asAddress(await answer.blob());
        version = answer.headers.get("ETag");
      }
    } catch {
      // Not connected: autosave says so.
    }
    busy = false;
    if (again) {
      refresh();
    }
  }

  if (picture) {
    element.closest("form").addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.xhr.status === 200) {
        refresh();
      }
    });
  }
}
