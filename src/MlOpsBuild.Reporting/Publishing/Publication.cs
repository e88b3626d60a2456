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

    /// <summary>Whether the verdict is one on the commit being built; else nothing is shown beside it.</summary>
    public bool JudgesCommit { get; init; } = true;

    /// <summary>Whether a comment on several pipelines tells it: then it has none of its own.</summary>
    public bool IsPart { get; init; }

    /// <summary>The reports that it is made of; empty for a report on one pipeline.</summary>
    public IReadOnlyList<Publication> Parts { get; init; } = [];

    /// <summary>What is shown of a build that ended before its model was tested.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="failed">The targets that failed.</param>
    public static Publication NotTested(string pipeline, IReadOnlyList<string> failed)
    {
        var answer = $"Not tested: {string.Join(", ", failed)} failed before the model could be judged; the build's output says why.";
        return new(pipeline, Verdict.Error, answer, $"## ⚠️ {pipeline}: Error\n\n{answer}\n");
    }
}
