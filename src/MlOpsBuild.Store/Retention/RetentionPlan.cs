using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Retention;

/// <summary>What a retention policy would take away.</summary>
/// <param name="Facts">Paths of facts.</param>
/// <param name="Blobs">Digests of content nothing names any more.</param>
/// <param name="Reports">Folders of reports on runs that go.</param>
/// <param name="Bytes">Size of the content on this machine.</param>
/// <param name="KeptFacts">Number of facts that stay.</param>
/// <param name="Needed">Everything that what stays names; null when a manifest that stays could not be read, so that
/// not all of it is known.</param>
public sealed record RetentionPlan(
    IReadOnlyList<string> Facts, IReadOnlyList<Digest> Blobs, IReadOnlyList<string> Reports, long Bytes, int KeptFacts,
    IReadOnlySet<Digest>? Needed);
