// Makes a large photo smaller before it is sent. What a camera keeps takes minutes on a poor line, or
// is too large to be taken, and little of it is kept; and where it was taken stays on the device.

const LONGEST = 2_400; // dots: twice what is kept of it (profiles/photos/images.py)
const GREY = [120, 130, 140];

// Some browsers falsify what is read from a canvas, so that nobody is known again by it.
function isTrue(paper) {
  paper.fillStyle = `rgb(${GREY})`;
  paper.fillRect(0, 0, 1, 1);
  const seen = paper.getImageData(0, 0, 1, 1).data;
  return GREY.every((value, index) => seen[index] === value);
}

async function smaller(file) {
  const photo = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = LONGEST / Math.max(photo.width, photo.height);
  if (scale >= 1) {
    return file;
  }
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(photo.width * scale));
  canvas.height = Math.max(1, Math.round(photo.height * scale));
  const paper = canvas.getContext("2d");
  if (!isTrue(paper)) {
    return file;
  }
  paper.fillStyle = "white"; // behind what one can see through
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.imageSmoothingQuality = "high";
  paper.drawImage(photo, 0, 0, canvas.width, canvas.height);
  photo.close();
  const drawn = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
  return drawn ? new File([drawn], "photo.jpg", { type: drawn.type }) : file;
}

export default function smallerPhoto(form) {
  const box = form.querySelector("input[type=file]");
  let ready; // the photo that goes as it is
  let busy = false;

  form.addEventListener("submit", async (event) => {
    const [photo] = box.files;
    if (!busy && (!photo || photo === ready)) {
      return;
    }
    event.preventDefault();
    if (busy) {
      return;
    }
    busy = true;
    try {
      const chosen = new DataTransfer();
      chosen.items.add(await smaller(photo));
      box.files = chosen.files;
    } catch {
      // A kind of photo that this browser cannot open. Whoever gets it may.
    }
    busy = false;
    [ready] = box.files;
    form.requestSubmit(event.submitter);
  });
}
