// Pages of other sites may not change anything here, not even by a form or a request whose answer they cannot read.
// Browsers say where a request comes from; what says nothing is no browser.
import type { RequestHandler } from 'express'
import { ApiError } from '../problem-json.ts'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

export const refuseCrossSiteWrites: RequestHandler = (request, _response, next) => {
  if (
    harmless.has(request.method) ||
    isOwn(request.headers['sec-fetch-site'], request.headers.origin, request.headers.host)
  )
    return next()
  throw new ApiError('CrossSite', 'This request was made by a page of another site.')
}

function isOwn(site: string | string[] | undefined, origin: string | undefined, host: string | undefined): boolean {
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
