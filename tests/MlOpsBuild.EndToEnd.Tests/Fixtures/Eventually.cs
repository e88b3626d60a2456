using System.Diagnostics;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>Waits for what another process brings about.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(15))
            {
                throw new TimeoutException($"not after 15 s: {what}");
            }

            await Task.Delay(20);
        }
    }
}
