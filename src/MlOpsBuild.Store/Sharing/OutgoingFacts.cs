using MlOpsBuild.Core;
using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Sharing;

/// <summary>What one commit will carry, while it is put together.</summary>
internal sealed class OutgoingFacts
{
    public List<TreeChange> Changes { get; } = [];

    public HashSet<Digest> Blobs { get; } = [];

    public List<OversizedBlob> Oversized { get; } = [];

    public List<Finding> Problems { get; } = [];

    public int Facts { get; set; }

    public int BlobsSent { get; set; }
}
