using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Predictions;

/// <summary>
/// The files of a log, each of which is begun anew when it is a sixteenth of all that may be kept; the oldest goes for the newest. It knows
/// the predictions in them that have no label yet, those of earlier processes too.
/// </summary>
internal sealed class LogFiles(PredictionLogPlace place) : IDisposable
{
    private const int Files = 16;
    private readonly Lock _gate = new();
    private readonly List<(string Path, long Bytes, HashSet<ulong> Unlabelled)> _kept = [];
    private FileStream? _current;

    /// <summary>Whether the files of earlier processes have been read: until then an id that is not known may still be one.</summary>
    public bool HasRead { get; private set; }

    /// <summary>Reads which predictions earlier processes left without a label.</summary>
    public void ReadEarlier(CancellationToken cancellationToken)
    {
        var earlier = Earlier();
        var read = new List<(string Path, long Bytes, HashSet<ulong> Unlabelled)>();
        foreach (var file in earlier)
        {
            var unlabelled = new HashSet<ulong>();
            foreach (var line in File.ReadLines(file))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (IdOf(line) is var (id, isLabel))
                {
                    _ = isLabel ? unlabelled.Remove(id) || read.Any(other => other.Unlabelled.Remove(id)) : unlabelled.Add(id);
                }
            }

            read.Add((file, new FileInfo(file).Length, unlabelled));
        }

        lock (_gate)
        {
            _kept.InsertRange(0, read);
            HasRead = true;
        }
    }

    /// <summary>Appends whole lines, and remembers the predictions in them.</summary>
    public void Append(ReadOnlySpan<byte> lines, IEnumerable<ulong> predictions)
    {
        lock (_gate)
        {
            if (_current == null || _kept[^1].Bytes + lines.Length > place.MostBytes / Files)
            {
                Begin();
            }

            _current!.Write(lines);
            _current.Flush();
            var (path, bytes, unlabelled) = _kept[^1];
            unlabelled.UnionWith(predictions);
            _kept[^1] = (path, bytes + lines.Length, unlabelled);
        }
    }

    /// <summary>Whether a prediction is kept that has no label yet.</summary>
    public bool Waits(ulong id)
    {
        lock (_gate)
        {
            return !HasRead || _kept.Exists(file => file.Unlabelled.Contains(id));
        }
    }

    /// <summary>Remembers that a prediction has its label.</summary>
    public void Label(ulong id)
    {
        lock (_gate)
        {
            _kept.Exists(file => file.Unlabelled.Remove(id));
        }
    }

    public void Dispose() => _current?.Dispose();

    private string[] Earlier() => Directory.Exists(place.Folder)
        ? [.. Directory.GetFiles(place.Folder, PredictionLogPlace.Pattern).Order(StringComparer.Ordinal)]
        : [];

    // A file of its own for each process: the last line of one that was killed may be torn.
    private void Begin()
    {
        _current?.Dispose();
        PrivateFile.CreateFolder(place.Folder);
        var files = Earlier();
        for (var left = files.Sum(file => new FileInfo(file).Length) + (place.MostBytes / Files) - place.MostBytes; left > 0; )
        {
            var oldest = files[0];
            (left, files) = (left - new FileInfo(oldest).Length, files[1..]);
            File.Delete(oldest);
            _kept.RemoveAll(file => file.Path == oldest);
        }

        var number = (files.Max(NumberOf) ?? 0) + 1;
        var path = Path.Combine(place.Folder, string.Create(CultureInfo.InvariantCulture, $"predictions-{number:D8}.jsonl"));
        _current = PrivateFile.Begin(path);
        _kept.Add((path, 0, []));
    }

    private static int? NumberOf(string path) => int.TryParse(
        Path.GetFileNameWithoutExtension(path).AsSpan("predictions-".Length), NumberStyles.None, CultureInfo.InvariantCulture,
        out var number) ? number : null;

    private static (ulong Id, bool IsLabel)? IdOf(string line)
    {
        try
        {
            using var read = JsonDocument.Parse(line);
            var root = read.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("id", out var id) && !root.TryGetProperty("status", out _)
                ? (LoggedId.Of(id.GetString()!), root.TryGetProperty("label", out _))
                : null;
        }
        catch (Exception torn) when (torn is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
