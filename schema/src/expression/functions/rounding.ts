/** Half goes to the even neighbour. The point is moved in the text, since multiplying would bring errors of its own. */
export function round(value: number, digits: number): number {
  const shifted = digits === 0 ? value : movePoint(value, digits)
  let nearest = Math.round(shifted)
  if (Math.abs(nearest - shifted) === 0.5 && nearest % 2 !== 0) nearest -= 1
  const result = digits === 0 ? nearest : movePoint(nearest, -digits)
  return result === 0 ? 0 : result
}

function movePoint(value: number, places: number): number {
  const [mantissa, exponent] = String(value).split('e')
  return Number(`${mantissa}e${Number(exponent ?? 0) + places}`)
}
