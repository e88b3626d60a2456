using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Prompts;

/// <summary>A language model was asked and gave no answer.</summary>
/// <param name="finding">Why.</param>
/// <param name="isPassing">Whether it may answer when it is asked again.</param>
/// <param name="askedPause">How long it wants to be left alone; null where it did not say.</param>
public sealed class ChatFailedException(Finding finding, bool isPassing, TimeSpan? askedPause = null)
    : FindingsException("A language model gives no answer", [finding])
{
    /// <summary>Whether it may answer when it is asked again: it was busy, or could not be reached.</summary>
    public bool IsPassing { get; } = isPassing;

    /// <summary>How long it wants to be left alone.</summary>
    public TimeSpan? AskedPause { get; } = askedPause;

    /// <inheritdoc />
    public override int ExitCode => ExitCodes.TargetBroke;
}
