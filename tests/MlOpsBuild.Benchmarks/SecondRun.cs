using System.Text.Json;

namespace MlOpsBuild.Benchmarks;

/// <summary>The second <c>./build.sh Train Deploy</c> against the first, without the first one's wait for rehearsal traffic.</summary>
internal static class SecondRun
{
    private const int Times = 5;

    public static async Task<BenchmarkResult> MeasureAsync(string name, string[] settings, CancellationToken cancellationToken)
    {
        using var checkout = await Checkout.CreateAsync(cancellationToken);
        string[] command = ["Train", "Deploy", "--pipeline", "BikeDemand", .. settings];
        var first = await Timed.RunAsync(checkout.Folder, checkout.Script, command, cancellationToken) - Waited(checkout.Folder);
        var second = await Timed.BestAsync(Times, () => Timed.RunAsync(checkout.Folder, checkout.Script, command, cancellationToken));
        return new($"second ./build.sh Train Deploy, {name}", second, "the first, without rehearsal waiting", first, 0.1);
    }

    // Looks are half a second apart; the time between the start of traffic and the last look is waiting, not work.
    private static double Waited(string folder)
    {
        using var record = JsonDocument.Parse(File.ReadAllBytes(
            Directory.GetFiles(Path.Combine(folder, ".mlops", "deployments"), "*.json", SearchOption.AllDirectories).Single()));
        return record.RootElement.GetProperty("looks").GetArrayLength() * 0.5;
    }
}
