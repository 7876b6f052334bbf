"""Text with boxes to values, document parts and records."""
