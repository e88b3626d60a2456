using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Schema;

namespace MlOpsBuild.Store.Sharing;

/// <summary>The first files of a state branch: what it is, for people and for programs.</summary>
internal static class StateBranchReadme
{
    public static IReadOnlyList<TreeChange> Files() =>
    [
        new("README.md", Encoding.UTF8.GetBytes(
            """
            # State of the machine-learning pipelines of this repository

            Written by MlOpsBuild; one file per fact: `runs`, `registry` (versions and the moves of their aliases), `deployments`,
            `experiments`, `approvals`, `stages` (the run cache), `audit` (a hash chain) and `blobs` (small content by SHA-256).
            Builds merge it; please do not edit it by hand and do not merge it into other branches.

            """)),
        new(StoreSchema.FileName, CanonicalJson.Serialize(new { schema = StoreSchema.Current })),
    ];
}
