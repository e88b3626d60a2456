using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A report that is to be shown where the change is reviewed.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Answer">"May I merge this?", in one sentence.</param>
/// <param name="Markdown">The whole report.</param>
public sealed record Publication(string Pipeline, Verdict Verdict, string Answer, string Markdown)
{
    /// <summary>Remarks beside lines of the code.</summary>
    public IReadOnlyList<LineRemark> Remarks { get; init; } = [];

    /// <summary>What this build deployed, or null.</summary>
    public DeploymentState? Deployment { get; init; }

    /// <summary>False for figures that another's code made: they are told, and stand for nothing.</summary>
    public bool IsTrusted { get; init; } = true;
}
