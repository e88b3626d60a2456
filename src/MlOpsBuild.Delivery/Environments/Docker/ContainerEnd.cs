using System.Globalization;
using Docker.DotNet.Models;

namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>Why a container does not run, in words.</summary>
internal static class ContainerEnd
{
    private const int Killed = 137;
    private const int Terminated = 143;

    /// <summary>Null while it runs.</summary>
    public static string? Of(ContainerInspectResponse container) => container.State switch
    {
        { OOMKilled: true } => string.Create(
            CultureInfo.InvariantCulture,
            $"out of memory: the engine ended its container, which may have {container.HostConfig.Memory / ContainerLimits.Mebibyte} MiB"),
            { Running: true, Paused: true } => "its container is paused",
        { Running: true, Health.Status: "unhealthy" } => "its container runs and is unhealthy",
        { Running: true } => null,
        { Error: { Length: > 0 } error } => $"its container did not start: {error}",
        { Status: "created" } => "its container was never started",
        { ExitCode: Killed } => "its container was killed from outside (exit code 137, with memory left)",
        { ExitCode: 0 or Terminated } => "its container was stopped from outside",
        { ExitCode: var code } => string.Create(CultureInfo.InvariantCulture, $"its container ended with exit code {code}"),
    };
}
