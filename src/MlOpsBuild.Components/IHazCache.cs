namespace MlOpsBuild.Components;

/// <summary>A build whose stages, and targets with inputs and outputs, are restored when nothing changed.</summary>
public interface IHazCache : INukeBuild
{
    /// <summary>
    /// Runs what would be restored, too, and fails where the result is another one: a stage that depends on more than its inputs.
    /// </summary>
    [Parameter("Runs what would be restored, too, and fails where the result differs from the one that is kept")]
    bool VerifyCache => TryGetValue<bool?>(() => VerifyCache) ?? false;
}
