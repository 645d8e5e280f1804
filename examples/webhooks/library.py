# WEBHOOK_SECRET=whsec_… python3 library.py ID TIMESTAMP SIGNATURE < body
import os
import sys

from standardwebhooks.webhooks import Webhook

headers = dict(zip(["webhook-id", "webhook-timestamp", "webhook-signature"], sys.argv[1:]))
# The body as it came. One that was parsed and written again has another signature.
event = Webhook(os.environ["WEBHOOK_SECRET"]).verify(sys.stdin.buffer.read(), headers)
print(event["type"])
