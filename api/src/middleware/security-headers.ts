// Scripts and connections from this server alone, no eval. Style attributes and elements are allowed: Mantine writes its variables
// and CodeMirror its theme as <style>, and a stylesheet cannot run code.
import type { RequestHandler } from 'express'
import helmet from 'helmet'

export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'script-src-attr': ["'none'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'font-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'worker-src': ["'self'"],
      'object-src': ["'none'"],
      'base-uri': ["'self'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    },
  },
  // Plain http on one's own machine is the normal case; whoever puts TLS in front sets this there.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'same-origin' },
})
