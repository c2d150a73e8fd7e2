// Every text of the page that has less contrast to what lies under it than WCAG 2.1 asks for (level AA: 4.5, large text
// 3), and every line of a CNN with less than 3. What lies under a text is looked up where it is drawn.
(() => {
  const parse = (colour) => {
    const n = (colour.match(/[\d.]+/g) || []).map(Number);
    return colour === "none" || n.length < 3 ? [0, 0, 0, 0] : [n[0], n[1], n[2], n.length > 3 ? n[3] : 1];
  };
  const over = (top, under) => [0, 1, 2].map((k) => top[k] * top[3] + under[k] * (1 - top[3])).concat(1);
  const luminance = (c) => {
    const part = c.slice(0, 3).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const inDrawing = (e) => e.namespaceURI.endsWith("svg") && e.tagName !== "svg";

  const paintOf = (e) => {
    const style = getComputedStyle(e);
    if (!inDrawing(e)) return parse(style.backgroundColor);
    if (e.tagName === "text") return [0, 0, 0, 0];
    const paint = parse(style.fill);
    paint[3] *= Number(style.fillOpacity) * Number(style.opacity);
    return paint;
  };
  const ground = (x, y) => {
    let seen = parse(getComputedStyle(document.body).backgroundColor);
    for (const e of document.elementsFromPoint(x, y).reverse()) seen = over(paintOf(e), seen);
    return seen;
  };

  const found = [];
  const judge = (what, ink, under, needed) => {
    const got = contrast(over(ink, under), under);
    if (got < needed) found.push(`${what}: ${got.toFixed(2)}`);
  };
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let count = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest("style, script, title, .unseen") || !e.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    e.scrollIntoView({ block: "center", inline: "center" });
    const box = range.getClientRects()[0];
    if (!box) continue;
    const style = getComputedStyle(e);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ink = parse(inDrawing(e) ? style.fill : style.color);
    judge(node.data.trim().slice(0, 30), ink, ground(box.x + box.width / 2, box.y + box.height / 2), large ? 3 : 4.5);
    count++;
  }
  const frame = document.querySelector(".map .fr");
  for (const line of document.querySelectorAll(".map .m .l"))
    judge("line", parse(getComputedStyle(line).stroke), parse(getComputedStyle(frame).fill), 3);
  return { count, found: [...new Set(found)] };
})()
