using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>A document of an evidence pack.</summary>
/// <param name="Path">Its place in the pack, below the name of what it is: <c>run.json</c>, <c>attestations/….json</c>.</param>
/// <param name="Content">What it says.</param>
/// <param name="From">Where it was taken from, for people.</param>
public sealed record PackDocument(string Path, byte[] Content, string From)
{
    /// <summary>The run that made the version.</summary>
    public const string Run = "run.json";

    /// <summary>The version as the registry keeps it.</summary>
    public const string Version = "version.json";

    /// <summary>What it comes from.</summary>
    public const string Lineage = "lineage.json";

    /// <summary>The data contract.</summary>
    public const string Contract = "contract.json";

    /// <summary>The profile of the data.</summary>
    public const string Profile = "profile.json";

    /// <summary>Metrics, gates, slices, groups, behaviour and what it depends on.</summary>
    public const string Evidence = "evidence.json";

    /// <summary>The model card.</summary>
    public const string Card = "card.md";

    /// <summary>The model card as a page.</summary>
    public const string CardPage = "card.html";

    /// <summary>What people say of it in the pipeline.</summary>
    public const string Statement = "statement.json";

    /// <summary>The search that chose its parameters.</summary>
    public const string Tuning = "tuning.json";

    /// <summary>Its container images.</summary>
    public const string Image = "image.json";

    /// <summary>Bills of materials and provenance of its images: a folder.</summary>
    public const string Attestations = "attestations/";

    /// <summary>Where it was deployed, with every look of its canaries.</summary>
    public const string Deployments = "deployments.json";

    /// <summary>Who approved it.</summary>
    public const string Approvals = "approvals.json";

    /// <summary>What the audit log says of the pipeline.</summary>
    public const string Audit = "audit.json";

    /// <summary>What is watched of it, as the checkout says.</summary>
    public const string Monitoring = "monitoring.json";

    /// <summary>When it is trained anew without anybody asking, as the checkout says.</summary>
    public const string Retraining = "retraining.json";

    /// <summary>Digest of its content.</summary>
    public Digest Digest { get; } = Digest.Of(Content);

    /// <summary>Whether it is what <paramref name="name"/> names: itself, or the folder that it lies in.</summary>
    public bool Is(string name) => Path == name || (name.EndsWith('/') && Path.StartsWith(name, StringComparison.Ordinal));
}
