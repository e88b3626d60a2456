namespace MlOpsBuild.Core;

/// <summary>The pipeline must change: a stage broke (exit 1), a gate said no (3) or evidence is missing (4).</summary>
public sealed class StageFailedException : FindingsException
{
    /// <summary>A stage that broke on one problem.</summary>
    public StageFailedException(Finding finding) : this(finding.What, [finding], Verdict.Error)
    {
    }

    /// <summary>A stage that ended with <paramref name="verdict"/> for the reasons given.</summary>
    public StageFailedException(string summary, IReadOnlyList<Finding> findings, Verdict verdict, Exception? cause = null)
        : base(summary, findings, cause) => Verdict = verdict;

    /// <summary>Failed, Inconclusive or Error.</summary>
    public Verdict Verdict { get; }

    /// <summary>Whether the stage did not come to an end: nothing is known of what it was to work on.</summary>
    /// <value>False: the stage itself says no.</value>
    public bool NotRun { get; init; }

    /// <inheritdoc />
    public override int ExitCode => Verdict switch
    {
        Verdict.Failed => ExitCodes.GateSaidNo,
        Verdict.Inconclusive => ExitCodes.Inconclusive,
        _ => ExitCodes.TargetBroke,
    };
}
