using System.Collections.Concurrent;
using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Online;

/// <summary>
/// Files: <c>VIEW/DIGEST.jsonl</c> holds a state and its values and never changes, <c>VIEW/current</c> names the one that counts and is
/// replaced by renaming. Whoever asks holds it in memory from then on. The next one is taken up in the background, and by who asks before
/// that, who waits a moment for it.
/// </summary>
/// <param name="folder">Where.</param>
/// <param name="time">The clock.</param>
public sealed class FileOnlineStore(string folder, TimeProvider time) : IOnlineStore
{
    private const string Pointer = "current";
    private const string Ending = ".jsonl";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAnyway = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, LoadedView> _views = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private ITimer? _looking;

    /// <summary>How long who asks waits for a file that is being read while another one is at hand.</summary>
    internal TimeSpan Brief { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc />
    public async Task<OnlineState?> StateAsync(string view, CancellationToken cancellationToken)
    {
        try
        {
            return Current(view) == null ? null
                : await PointedFile.ReadAsync(() => PathOf(view), ReadStateAsync, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            throw OnlineProblem.Damaged($"files of {view}", problem);
        }
    }

    /// <inheritdoc />
    public async Task WriteAsync(
        string view, OnlineState state, IReadOnlyCollection<OnlineValue> values, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        foreach (var line in values.Select(OnlineJson.Of).Prepend(OnlineJson.Of(state)))
        {
            content.Write(line);
            content.WriteByte((byte)'\n');
        }

        await KeepAsync(view, content.ToArray(), cancellationToken);
    }

    /// <summary>All that is kept of a view, for a store elsewhere to take; null where nothing is.</summary>
    /// <exception cref="StageFailedException">It cannot be read.</exception>
    public async Task<byte[]?> ContentAsync(string view, CancellationToken cancellationToken)
    {
        try
        {
            return Current(view) == null ? null
                : await PointedFile.ReadAsync(() => PathOf(view), File.ReadAllBytesAsync, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw OnlineProblem.Damaged($"files of {view}", problem);
        }
    }

    /// <summary>Keeps what <see cref="ContentAsync"/> of a store elsewhere gave, in place of all that was kept of the view.</summary>
    /// <exception cref="StageFailedException">It is not that, or cannot be written.</exception>
    public async Task TakeAsync(string view, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            using var lines = new MemoryStream(content);
            await LoadedView.ReadAsync(lines, cancellationToken);
        }
        catch (JsonException problem)
        {
            throw OnlineProblem.Damaged($"content for {view}", problem);
        }

        await KeepAsync(view, content, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<OnlineAnswer>> FindAsync(
        IReadOnlyList<OnlineQuestion> questions, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _looking ??= time.CreateTimer(_ => Look(), null, LookAnyway, LookAnyway);
        }

        var answers = new List<OnlineAnswer>();
        foreach (var question in questions)
        {
            var view = await LoadedAsync(question.View, cancellationToken);
            answers.Add(new(view?.State, [.. question.Keys.Select(key => view?.Values.GetValueOrDefault(key))]));
        }

        return answers;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _looking?.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task KeepAsync(string view, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            PrivateFile.CreateFolder(folder);
            var own = Path.Combine(folder, view);
            PrivateFile.CreateFolder(own);
            var name = Digest.Of(bytes).Hex + Ending;
            var before = Current(view);
            await PrivateFile.WriteAsync(Path.Combine(own, name), bytes, cancellationToken);
            await PrivateFile.WriteAsync(Path.Combine(own, Pointer), System.Text.Encoding.ASCII.GetBytes(name), cancellationToken);
            Forget(own, name, before);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw OnlineProblem.Silent($"files of {view}", problem);
        }
    }

    // The one before stays: somebody may have read its name and not the file yet.
    private static void Forget(string own, params string?[] kept)
    {
        foreach (var old in Directory.GetFiles(own, "*" + Ending).Where(path => !kept.Contains(Path.GetFileName(path))))
        {
            File.Delete(old);
        }
    }

    private static async Task<OnlineState> ReadStateAsync(string path, CancellationToken cancellationToken)
    {
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            return OnlineJson.State(System.Text.Encoding.UTF8.GetBytes(line));
        }

        throw new JsonException("An empty file.");
    }

    private string PathOf(string view) => Path.Combine(folder, view, Current(view) ?? throw new FileNotFoundException(Pointer));

    private string? Current(string view)
    {
        var pointer = Path.Combine(folder, view, Pointer);
        return File.Exists(pointer) ? File.ReadAllText(pointer) : null;
    }

    // What somebody asked for once is asked for again: a new file is read before.
    private void Look()
    {
        foreach (var (view, loaded) in _views)
        {
            try
            {
                Take(view, loaded);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // Told to who asks.
            }
        }
    }

    private void Take(string view, LoadedView loaded)
    {
        if (Current(view) is { } name)
        {
            loaded.Take(name, () => PathOf(view));
        }
    }

    private async Task<LoadedView.Content?> LoadedAsync(string view, CancellationToken cancellationToken)
    {
        var loaded = _views.GetOrAdd(view, _ => new LoadedView());
        try
        {
            if (loaded.IsDue(time, LookEvery))
            {
                Take(view, loaded);
            }

            return await loaded.ContentAsync(Patience, Brief, time, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or TimeoutException)
        {
            throw OnlineProblem.Damaged($"files of {view}", problem);
        }
    }
}
