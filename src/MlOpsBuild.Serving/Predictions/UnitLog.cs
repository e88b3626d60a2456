using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;

namespace MlOpsBuild.Serving.Predictions;

/// <summary>
/// Keeps which units were there (once a day, and once a test), and what they did: beside the predictions, a file for each day and process,
/// for half a year. Units are kept as hashes with a key that lies beside them, so that the same one is known again after a restart.
/// </summary>
internal sealed class UnitLog(PredictionLogPlace place, TimeProvider time, ServerLog log) : IDisposable
{
    private const string KeyFile = "units.key";
    private const int KeyBytes = 32;
    private const int HashBytes = 12;
    private const int MostRemembered = 2_000_000;
    private const int DaysKept = 180;
    private static readonly TimeSpan Complaint = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly HashSet<UInt128> _came = [];
    private byte[]? _key;
    private FileStream? _file;
    private DateOnly _day;
    private long _complained = long.MinValue;

    /// <summary>Takes down that a unit was there; who was there today already is not taken down again.</summary>
    /// <param name="unit">The unit, as its request names it.</param>
    /// <param name="experiment">The A/B test that it is in; null for none.</param>
    /// <param name="arm">Its arm there.</param>
    public void Came(string unit, string? experiment, ExperimentArm? arm)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!Guarded(() => Open(now)))
            {
                return;
            }

            var hash = HashOf(unit);
            var place = UInt128.Parse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture) ^ StableHash.Of(experiment ?? "");
            if (!_came.Contains(place) && Guarded(() => Write([new(now, hash) { Experiment = experiment, Arm = arm }])))
            {
                _came.Add(place);
            }
        }
    }

    /// <summary>Keeps outcomes; false where they could not be written.</summary>
    public bool Keep(IReadOnlyList<Outcome> outcomes)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return Guarded(() =>
            {
                Open(now);
                Write(
                [
                    .. outcomes.Select(outcome => new UnitEntry(now, HashOf(outcome.Unit))
                    {
                        Metric = outcome.Metric, Value = outcome.Value ?? 1, Event = outcome.Id is { } id ? HashOf(id) : null,
                    }),
                ]);
            });
        }
    }

    public void Dispose() => _file?.Dispose();

    // A file of its own for each process: the last line of one that was killed may be torn.
    private void Open(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        if (_came.Count > MostRemembered)
        {
            _came.Clear();
        }

        if (_file != null && _day == day)
        {
            return;
        }

        PrivateFile.CreateFolder(place.Folder);
        _key ??= ReadKey();
        foreach (var old in Files().Where(file => string.CompareOrdinal(Path.GetFileName(file), NameOf(day.AddDays(-DaysKept))) < 0))
        {
            File.Delete(old);
        }

        _file?.Dispose();
        _file = null;
        var number = Files().Count(file => Path.GetFileName(file).StartsWith(NameOf(day), StringComparison.Ordinal)) + 1;
        _file = PrivateFile.Begin(
            Path.Combine(place.Folder, string.Create(CultureInfo.InvariantCulture, $"{NameOf(day)}-{number:D6}.jsonl")));
        _day = day;
        _came.Clear();
    }

    private void Write(IReadOnlyList<UnitEntry> entries)
    {
        using var lines = new MemoryStream();
        foreach (var entry in entries)
        {
            JsonSerializer.Serialize(lines, entry, CanonicalJson.Of<UnitEntry>(JsonAnswer.OneLine));
            lines.WriteByte((byte)'\n');
        }

        var before = _file!.Length;
        try
        {
            _file.Write(lines.GetBuffer().AsSpan(0, (int)lines.Length));
            _file.Flush();
        }
        catch (IOException)
        {
            // What was written in part must not be counted, and sent again.
            _file.SetLength(before);
            throw;
        }
    }

    private byte[] ReadKey()
    {
        var path = Path.Combine(place.Folder, KeyFile);
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes))));
        }

        return Convert.FromHexString(File.ReadAllText(path).Trim());
    }

    private string HashOf(string name) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key!, Encoding.UTF8.GetBytes(name)).AsSpan(0, HashBytes));

    private string[] Files() => Directory.GetFiles(place.Folder, UnitEntry.Pattern);

    private static string NameOf(DateOnly day) => day.ToString("'units-'yyyyMMdd", CultureInfo.InvariantCulture);

    // A full disk must not end what serves; it is told once a minute.
    private bool Guarded(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException or UsageException)
        {
            if (_complained == long.MinValue || time.GetElapsedTime(_complained) > Complaint)
            {
                _complained = time.GetTimestamp();
                log.Write($"units and outcomes cannot be written: {failure.Message}");
            }

            return false;
        }
    }
}
