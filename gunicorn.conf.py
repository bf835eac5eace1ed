"""How gunicorn runs us. It reads this file by itself, in the folder that it is started in."""

control_socket_disable = True  # nobody here uses one, and what is not there cannot be misused
worker_class = "project.server.Worker"
logger_class = "project.server.Log"
