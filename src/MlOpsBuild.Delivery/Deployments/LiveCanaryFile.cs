using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Store;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// Lets others look at a canary while it goes on: <c>.mlops/live/PIPELINE.ENVIRONMENT.json</c>, written at most once a second
/// and gone when the canary has ended. It decides nothing, and a deployment does not fail where it cannot be written.
/// </summary>
public sealed class LiveCanaryFile : IProgress<CanaryLook>, IDisposable
{
    private const int MostLooks = 120;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly string _path;
    private readonly LiveCanary _canary;
    private readonly List<CanaryLook> _looks = [];
    private DateTimeOffset _written;

    /// <summary>A file for a canary that begins.</summary>
    public LiveCanaryFile(MlOpsStore store, string pipeline, string environment, int version, CanaryPolicy policy)
    {
        _path = PathOf(store, pipeline, environment);
        _canary = new(pipeline, environment, version, policy, []);
    }

    /// <summary>The canary that goes on; null when none does.</summary>
    public static LiveCanary? Read(MlOpsStore store, string pipeline, string environment)
    {
        var path = PathOf(store, pipeline, environment);
        try
        {
            return File.Exists(path) ? CanonicalJson.TryDeserialize<LiveCanary>(File.ReadAllBytes(path)) : null;
        }
        catch (IOException)
        {
            // It ended in this moment.
            return null;
        }
    }

    /// <inheritdoc />
    public void Report(CanaryLook value)
    {
        _looks.Add(value);
        if (value.At - _written < Pause)
        {
            return;
        }

        _written = value.At;
        Try(() => PrivateFile.Write(
            Made(), CanonicalJson.Serialize(_canary with { Looks = CanaryCourse.Thinned(_looks, MostLooks) })));
    }

    /// <inheritdoc />
    public void Dispose() => Try(() => File.Delete(_path));

    private string Made()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        return _path;
    }

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Whoever looks sees less; the canary goes on.
        }
    }

    private static string PathOf(MlOpsStore store, string pipeline, string environment) =>
        Path.Combine(store.Folder, "live", $"{pipeline}.{environment}.json");
}
