import { freshPdfUrl } from '@/lib/share/fresh-stripe-page'
import { leaveTo } from '../leave'

export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  return leaveTo(token, await freshPdfUrl(token))
}
