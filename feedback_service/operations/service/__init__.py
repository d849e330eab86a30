"""Acts of the service on itself: copies of everything that it keeps."""
