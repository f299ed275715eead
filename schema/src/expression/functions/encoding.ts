import type { BuiltIns } from '../built-in.ts'
import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'
import { built, onText } from './strings.ts'

export const encodingFunctions: BuiltIns = {
  base64encode: { signature: '<s-:s>', arity: 1, call: onText((text, _args, run) => convert(text, encodeBase64, run)) },
  base64decode: { signature: '<s-:s>', arity: 1, call: onText((text, _args, run) => convert(text, decodeBase64, run)) },
  encodeUrlComponent: urlFunction('encodeUrlComponent', encodeURIComponent),
  encodeUrl: urlFunction('encodeUrl', encodeURI),
  decodeUrlComponent: urlFunction('decodeUrlComponent', decodeURIComponent),
  decodeUrl: urlFunction('decodeUrl', decodeURI),
}

/** Character by character, which costs more than reading. */
function convert(text: string, change: (text: string) => string, run: Run): string {
  run.charge(text.length >> 4)
  return built(change(text), run)
}

function urlFunction(name: string, encode: (text: string) => string) {
  return {
    signature: '<s-:s>',
    arity: 1,
    call: onText((text, _args, run) => {
      try {
        return convert(text, encode, run)
      } catch (error) {
        if (error instanceof URIError) throw new Fault('D3140', { token: name, value: text })
        throw error
      }
    }),
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const urlSafe: Readonly<Record<string, string>> = { '-': '+', _: '/' }

/** Each character is one byte, as in JSONata; of those beyond, the low byte. */
function encodeBase64(text: string): string {
  return btoa(text.replace(/[^\0-\xff]/g, (character) => String.fromCharCode(character.charCodeAt(0) & 0xff)))
}

/** What is not of the alphabet is passed over. */
function decodeBase64(text: string): string {
  let result = ''
  let bits = 0
  let count = 0
  for (const character of text) {
    if (character === '=') break
    const digit = alphabet.indexOf(urlSafe[character] ?? character)
    if (digit < 0) continue
    bits = ((bits << 6) | digit) & 0xffff
    count += 6
    if (count < 8) continue
    count -= 8
    result += String.fromCharCode((bits >> count) & 0xff)
  }
  return result
}
