using System.Diagnostics;
using System.Text.Json;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>Debian's reader of images.</summary>
internal static class Skopeo
{
    /// <summary>What it says of an image in the tests' registry.</summary>
    public static Task<JsonDocument> InspectInRegistryAsync(string program, string image, params string[] more) =>
        InspectAsync(
            program, [.. more, "--tls-verify=false", "--creds", $"{DockerRegistry.User}:{DockerRegistry.Password}", $"docker://{image}"]);

    /// <summary>What it says of an image.</summary>
    public static async Task<JsonDocument> InspectAsync(string program, params string[] arguments)
    {
        using var read = Process.Start(new ProcessStartInfo(program, ["inspect", .. arguments]) { RedirectStandardOutput = true })!;
        return JsonDocument.Parse(await read.StandardOutput.ReadToEndAsync());
    }
}
