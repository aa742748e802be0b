"""What the services need of the world, as Protocols; each has a fake in ``tests/fakes`` that passes the same contract.

The store has two sides: a ``UnitOfWork`` writes (one transaction, rolled back unless committed) and ``Views`` reads
for screens. Errors that a port may raise are those of ``app.services.errors``.

One file for what the ports lead to; everybody imports them from here.
"""

from app.services.ports.administering import LEAST_DAYS as LEAST_DAYS
from app.services.ports.administering import SHORTEST_PASSPHRASE as SHORTEST_PASSPHRASE
from app.services.ports.administering import AsideEntry as AsideEntry
from app.services.ports.administering import Audited as Audited
from app.services.ports.administering import CentreOffice as CentreOffice
from app.services.ports.administering import CentrePlan as CentrePlan
from app.services.ports.administering import Changes as Changes
from app.services.ports.administering import FoundEntry as FoundEntry
from app.services.ports.administering import InvitationWish as InvitationWish
from app.services.ports.administering import Invited as Invited
from app.services.ports.administering import KeptPasswords as KeptPasswords
from app.services.ports.administering import OpenOffice as OpenOffice
from app.services.ports.administering import PublishedBulletin as PublishedBulletin
from app.services.ports.administering import Remark as Remark
from app.services.ports.administering import Signed as Signed
from app.services.ports.administering import StationRow as StationRow
from app.services.ports.administering import TakenIn as TakenIn
from app.services.ports.administering import WaitingKey as WaitingKey
from app.services.ports.central import CENTRAL_SCHEMA as CENTRAL_SCHEMA
from app.services.ports.central import CHUNK as CHUNK
from app.services.ports.central import LARGEST_BODY as LARGEST_BODY
from app.services.ports.central import MOST_BYTES as MOST_BYTES
from app.services.ports.central import MOST_DIGESTS as MOST_DIGESTS
from app.services.ports.central import MOST_ENTRIES as MOST_ENTRIES
from app.services.ports.central import MOST_SHARED as MOST_SHARED
from app.services.ports.central import Anchor as Anchor
from app.services.ports.central import Batch as Batch
from app.services.ports.central import Bulletin as Bulletin
from app.services.ports.central import BulletinHead as BulletinHead
from app.services.ports.central import Central as Central
from app.services.ports.central import CentralHead as CentralHead
from app.services.ports.central import Deliveries as Deliveries
from app.services.ports.central import Delivery as Delivery
from app.services.ports.central import Greeting as Greeting
from app.services.ports.central import InboxPlace as InboxPlace
from app.services.ports.central import Outgoing as Outgoing
from app.services.ports.central import Pushed as Pushed
from app.services.ports.central import Quarantined as Quarantined
from app.services.ports.clock import Clock as Clock
from app.services.ports.enrolling import CentralKeys as CentralKeys
from app.services.ports.enrolling import CentralLogin as CentralLogin
from app.services.ports.enrolling import CentreTrust as CentreTrust
from app.services.ports.enrolling import OpenReception as OpenReception
from app.services.ports.enrolling import Reception as Reception
from app.services.ports.enrolling import TrustOf as TrustOf
from app.services.ports.journal import Journal as Journal
from app.services.ports.journal import KindCount as KindCount
from app.services.ports.journal import Numbers as Numbers
from app.services.ports.keeping import Account as Account
from app.services.ports.keeping import Accounts as Accounts
from app.services.ports.keeping import Blobs as Blobs
from app.services.ports.keeping import Draft as Draft
from app.services.ports.keeping import Drafts as Drafts
from app.services.ports.keeping import FormDraft as FormDraft
from app.services.ports.keeping import FormDrafts as FormDrafts
from app.services.ports.keeping import Items as Items
from app.services.ports.keeping import Preferences as Preferences
from app.services.ports.keys import Passwords as Passwords
from app.services.ports.keys import StationKey as StationKey
from app.services.ports.papers import NewPage as NewPage
from app.services.ports.papers import PageReader as PageReader
from app.services.ports.papers import PaperMaker as PaperMaker
from app.services.ports.papers import Picture as Picture
from app.services.ports.pinyin import Pinyin as Pinyin
from app.services.ports.running import Handle as Handle
from app.services.ports.running import Runner as Runner
from app.services.ports.store import Store as Store
from app.services.ports.store import UnitOfWork as UnitOfWork
from app.services.ports.syncing import Aside as Aside
from app.services.ports.syncing import Directory as Directory
from app.services.ports.syncing import LeftBulletin as LeftBulletin
from app.services.ports.syncing import Outbox as Outbox
from app.services.ports.syncing import Received as Received
from app.services.ports.syncing import ReceivedEntry as ReceivedEntry
from app.services.ports.syncing import SetAside as SetAside
from app.services.ports.syncing import SyncState as SyncState
from app.services.ports.syncing import WaitingImage as WaitingImage
from app.services.ports.syncing import Waits as Waits
from app.services.ports.views import Views as Views
