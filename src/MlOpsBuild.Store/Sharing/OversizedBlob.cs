using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Sharing;

/// <summary>A blob over the branch's limit.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Fact">The fact that names it.</param>
public sealed record OversizedBlob(Digest Digest, long Size, string Fact);
