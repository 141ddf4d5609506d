'use client'

import { MessagePage } from '@/components/shell/message-page'
import { Button } from '@/components/ui/button'
import './globals.css'

/** Not even the outermost layout could be drawn, so this one brings its own document. */
export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <html lang="en">
      <body className="min-h-dvh antialiased">
        <MessagePage title="Duebook could not be shown" action={<Button onClick={retry}>Try again</Button>}>
          Nothing was changed in Stripe.{error.digest !== undefined && ` Reference ${error.digest}.`}
        </MessagePage>
      </body>
    </html>
  )
}
