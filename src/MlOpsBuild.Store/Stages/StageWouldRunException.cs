namespace MlOpsBuild.Store.Stages;

/// <summary>Ends a forecast at the first stage that cannot be restored.</summary>
/// <param name="stage">The stage's name.</param>
/// <param name="reason">Why it would run.</param>
public sealed class StageWouldRunException(string stage, string reason) : Exception($"{stage} would run: {reason}")
{
    /// <summary>The stage's name.</summary>
    public string Stage { get; } = stage;

    /// <summary>Why it would run.</summary>
    public string Reason { get; } = reason;
}
