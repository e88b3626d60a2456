namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Headers that servers set.</summary>
public static class ServerHeaders
{
    /// <summary>The version that answered.</summary>
    public const string Version = "X-Model-Version";

    /// <summary>The request's id; kept when the caller sent one.</summary>
    public const string RequestId = "X-Request-Id";

    /// <summary>Marks a request of a rehearsal by the token of <c>/feedback</c>: all of them are mirrored.</summary>
    public const string Rehearsal = "X-Rehearsal";

    /// <summary>The file whose content an answer of the gateway's administration is.</summary>
    public const string File = "X-File";

    /// <summary>In a query: the file after which the next one is asked for.</summary>
    public const string After = "after";

    /// <summary>The A/B test that the request's unit is in.</summary>
    public const string Experiment = "X-Experiment";

    /// <summary>The unit's arm there: <c>control</c> or <c>treatment</c>.</summary>
    public const string ExperimentArm = "X-Experiment-Arm";
}
