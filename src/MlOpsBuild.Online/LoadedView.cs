using System.Text;
using System.Text.Json;

namespace MlOpsBuild.Online;

/// <summary>A view's file in memory, and the next one while it is read.</summary>
internal sealed class LoadedView
{
    private readonly Lock _gate = new();
    private long? _looked;
    private string? _name;
    private Task<Content>? _content;
    private Task<Content>? _next;

    /// <summary>Whether it is time to look which file counts.</summary>
    public bool IsDue(TimeProvider time, TimeSpan every)
    {
        lock (_gate)
        {
            if (_looked is { } looked && time.GetElapsedTime(looked) < every)
            {
                return false;
            }

            _looked = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>The file called <paramref name="name"/> counts now: it is read unless it was, at the place that counts by then.</summary>
    public void Take(string name, Func<string> path)
    {
        lock (_gate)
        {
            if (name != _name)
            {
                (_name, _next) = (name, Task.Run(() => PointedFile.ReadAsync(path, ReadAsync, CancellationToken.None)));
            }
        }
    }

    /// <summary>
    /// What is in memory; waits <paramref name="patience"/> where nothing is, and <paramref name="brief"/> for a file that is being read:
    /// nearly always it is there by then. Null where no file counts.
    /// </summary>
    public async Task<Content?> ContentAsync(
        TimeSpan patience, TimeSpan brief, TimeProvider time, CancellationToken cancellationToken)
    {
        Task<Content>? first, reading;
        lock (_gate)
        {
            reading = _content == null ? null : _next;
        }

        if (reading is { IsCompleted: false })
        {
            await Task.WhenAny(reading, Task.Delay(brief, time, cancellationToken));
        }

        lock (_gate)
        {
            if (_next is { IsCompleted: true } next)
            {
                // One that cannot be read is tried again by the next look; until then it is said of what follows.
                (_content, _next, _name) = (next, null, next.IsFaulted ? null : _name);
            }

            first = _content ?? _next;
        }

        return first == null ? null : await first.WaitAsync(patience, time, cancellationToken);
    }

    /// <summary>Reads all of a file.</summary>
    /// <exception cref="JsonException">It is not whole.</exception>
    public static async Task<Content> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        OnlineState? state = null;
        var values = new Dictionary<string, OnlineValue>(StringComparer.Ordinal);
        using var lines = new StreamReader(file);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            if (state == null)
            {
                state = OnlineJson.State(bytes);
            }
            else
            {
                var value = OnlineJson.Value(bytes);
                values[value.Key] = value;
            }
        }

        return state != null && state.Count == values.Count ? new(state, values) : throw new JsonException("Not all values.");
    }

    private static async Task<Content> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return await ReadAsync(file, cancellationToken);
    }

    /// <summary>A state with its values.</summary>
    internal sealed record Content(OnlineState State, IReadOnlyDictionary<string, OnlineValue> Values);
}
