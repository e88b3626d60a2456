using System.Diagnostics.CodeAnalysis;

namespace MlOpsBuild.Components;

/// <summary>
/// A failure as NUKE prints it: its words only, in which no secret is left. What is printed by NUKE itself no mask of ours reaches.
/// </summary>
/// <param name="message">What it says.</param>
[SuppressMessage("Design", "CA1064", Justification = "Nobody catches it: NUKE prints it.")]
internal sealed class TargetFailure(string message) : Exception(message)
{
    /// <inheritdoc />
    public override string ToString() => Message;
}
