using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>Asks a server of this container whether it is ready: an image without a shell has nothing else to ask with.</summary>
internal static class HealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>0 when it is ready, 1 when it is not.</summary>
    public static async Task<int> RunAsync(int port, TextWriter errors, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(
                new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/v2/health/ready")), cancellationToken);
            return answer.IsSuccessStatusCode ? ExitCodes.Passed : ExitCodes.TargetBroke;
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            await errors.WriteLineAsync($"port {port.ToString(CultureInfo.InvariantCulture)}: {problem.Message}");
            return ExitCodes.TargetBroke;
        }
    }
}
