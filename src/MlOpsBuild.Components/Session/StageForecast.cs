namespace MlOpsBuild.Components.Session;

/// <summary>What a stage would do.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="WouldRun">Whether it would run rather than be restored.</param>
/// <param name="Reason">Why it would run: the first difference from the last time; or what else would happen.</param>
internal sealed record StageForecast(string Stage, bool WouldRun, string? Reason)
{
    public override string ToString() => WouldRun ? $"{Stage}: would run ({Reason})" : $"{Stage}: {Reason ?? "would be restored"}";
}
