/* The button that opens the browser's print dialogue. */
for (const button of document.querySelectorAll("[data-print-page]")) button.onclick = () => window.print();
