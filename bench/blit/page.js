// The least a canvas with a picture can do: one bitmap, drawn once, blitted wherever the view says;
// for a drag also a second, small one at the pointer. `?box=LEFT,TOP,WIDTH,HEIGHT` as for React Flow.
const box = new URLSearchParams(location.search).get("box");
const [left, top, width, height] = box ? box.split(",").map(Number) : [0, 0, innerWidth, innerHeight];
const canvas = document.querySelector("canvas");
const layer = document.getElementById("layer");
Object.assign(canvas.style, { left: `${left}px`, top: `${top}px` });
Object.assign(canvas, { width, height });
const context = canvas.getContext("2d");

/** A picture of the size of the canvas with `count` cards and a line between each and the next. */
function picture(count) {
  const bitmap = new OffscreenCanvas(width, height);
  const drawing = bitmap.getContext("2d");
  const columns = Math.ceil(Math.sqrt((count * width) / height));
  const step = { x: width / columns, y: height / Math.ceil(count / columns) };
  drawing.strokeStyle = "#8089a0";
  for (let index = 0; index < count; index += 1) {
    const x = (index % columns) * step.x;
    const y = Math.floor(index / columns) * step.y;
    drawing.fillStyle = ["#7a4fcf", "#2b6fc9", "#8f5600"][index % 3];
    drawing.fillRect(x, y, step.x * 0.6, step.y * 0.5);
    drawing.beginPath();
    drawing.moveTo(x + step.x * 0.6, y + step.y * 0.25);
    drawing.lineTo(x + step.x, y + step.y * 0.25);
    drawing.stroke();
  }
  return bitmap;
}

const background = picture(Number(new URLSearchParams(location.search).get("nodes") ?? 10_000));
const card = picture(1);
let view = { x: 0, y: 0, zoom: 1 };
let hand;
let due = false;

function draw() {
  due = false;
  context.clearRect(0, 0, width, height);
  context.drawImage(background, view.x, view.y, width * view.zoom, height * view.zoom);
  if (hand) context.drawImage(card, hand.x - left - 8, hand.y - top - 3, 16, 6);
  layer.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`;
}

function changed() {
  if (!due) requestAnimationFrame(draw);
  due = true;
}

canvas.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    if (event.ctrlKey) {
      const factor = Math.exp(-event.deltaY * 0.0022);
      const at = { x: event.clientX - left, y: event.clientY - top };
      view = {
        x: at.x - (at.x - view.x) * factor,
        y: at.y - (at.y - view.y) * factor,
        zoom: view.zoom * factor,
      };
    } else {
      view = { ...view, x: view.x - event.deltaX, y: view.y - event.deltaY };
    }
    changed();
  },
  { passive: false },
);
canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
canvas.addEventListener("pointermove", (event) => {
  hand = event.buttons ? { x: event.clientX, y: event.clientY } : undefined;
  changed();
});
/** For the benchmark: the whole picture again. */
globalThis.fit = () => {
  view = { x: 0, y: 0, zoom: 1 };
  hand = undefined;
  changed();
};
draw();
