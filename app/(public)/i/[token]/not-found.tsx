import { Notice } from './notice'

export default function CustomerLinkUnknown() {
  return (
    <Notice title="There is no invoice at this link">
      Check that the whole link was copied, to its last letter. If it was, ask the company that sent it for a
      new one.
    </Notice>
  )
}
