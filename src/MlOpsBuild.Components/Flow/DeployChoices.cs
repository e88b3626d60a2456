namespace MlOpsBuild.Components.Flow;

/// <summary>What the caller of Deploy said.</summary>
/// <param name="Version">The version; null takes the one being built.</param>
/// <param name="Port">Port of the gateway.</param>
/// <param name="Fault">A fault to rehearse, in the words of the switch.</param>
/// <param name="KeepsServing">Whether the version goes on serving after the build.</param>
/// <param name="Again">Whether a version that was refused may go out once more.</param>
/// <param name="Shadow">Whether it is only compared.</param>
/// <param name="DryRun">Whether it is only told what would happen.</param>
/// <param name="Unit">Whether a unit of systemd brings it back after a reboot.</param>
internal sealed record DeployChoices(
    int? Version, int? Port, string? Fault, bool KeepsServing, bool Again, bool Shadow, bool DryRun, bool Unit);
