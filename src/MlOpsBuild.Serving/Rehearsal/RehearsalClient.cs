using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Serving.Hosting;

namespace MlOpsBuild.Serving.Rehearsal;

/// <summary>Sends labelled rows as Poisson arrivals, and each label after its answer.</summary>
/// <remarks>
/// An open loop while few requests wait for their answers. The rate is a wish, not a fact of somebody's callers: where a machine busy with
/// other work cannot bear it, more open requests would only queue, and the canary would judge the queue instead of the version. A slow
/// version stays slow.
/// </remarks>
internal sealed class RehearsalClient(RehearsalOptions options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // At 400 requests a second, answers within 20 ms never meet it.
    internal const int MostOpen = 8;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, int> _byStatus = [];
    private readonly SortedDictionary<string, int> _byVersion = new(StringComparer.Ordinal);
    private int _sent;
    private int _answered;

    /// <summary>Runs until <paramref name="stop"/> ends, so that traffic never outlives who asked for it.</summary>
    public async Task RunAsync(Stream stop, CancellationToken cancellationToken)
    {
        var rows = (await File.ReadAllLinesAsync(options.RowsFile, cancellationToken)).Select(LabelledRow.Parse)
            .Select(row => (Body: Encoding.UTF8.GetBytes(row.Features.ToJsonString()), Row: row)).ToArray();
        var ended = stop.ReadAsync(new byte[1], cancellationToken).AsTask();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            Timeout = Patience, BaseAddress = new Uri($"http://127.0.0.1:{options.Port}/")
        };
        http.DefaultRequestHeaders.Add(ServerHeaders.Rehearsal, options.FeedbackToken);
        var random = new SplitMix64((ulong)options.Seed);
        var open = new List<Task>();
        var started = time.GetTimestamp();
        var due = TimeSpan.Zero;
        while (!ended.IsCompleted)
        {
            due += TimeSpan.FromSeconds(random.NextExponential() / options.RequestsPerSecond);
            var wait = due - time.GetElapsedTime(started);
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.WhenAny(Task.Delay(wait, time, CancellationToken.None), ended);
            }

            open.RemoveAll(task => task.IsCompleted);
            if (open.Count == MostOpen)
            {
                // What was not sent meanwhile is not made up for.
                open.Remove(await Task.WhenAny(open));
                due = time.GetElapsedTime(started);
            }

            var (body, row) = rows[random.NextInt(rows.Length)];
            open.Add(SendAsync(http, body, row, CancellationToken.None));
        }

        await Task.WhenAll(open);
        await WriteAsync(CancellationToken.None);
    }

    private async Task SendAsync(HttpClient http, byte[] body, LabelledRow row, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _sent);
        try
        {
            using var content = new ByteArrayContent(body);
            using var response = await http.PostAsync(new Uri("predict", UriKind.Relative), content, cancellationToken);
            var text = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            lock (_gate)
            {
                _answered++;
                _byStatus[(int)response.StatusCode] = _byStatus.GetValueOrDefault((int)response.StatusCode) + 1;
            }

            if (response.IsSuccessStatusCode)
            {
                var answer = JsonSerializer.Deserialize(text, CanonicalJson.Of<PredictionAnswer>(JsonAnswer.OneLine))!;
                var version = answer.Version.ToString(CultureInfo.InvariantCulture);
                lock (_gate)
                {
                    _byVersion[version] = _byVersion.GetValueOrDefault(version) + 1;
                }

                if (LabelOf(answer, row) is not { } label)
                {
                    return;
                }

                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("feedback", UriKind.Relative));
                request.Headers.Authorization = new("Bearer", options.FeedbackToken);
                request.Content = JsonContent.Create(new Feedback(answer.Id, label), CanonicalJson.Of<Feedback>(JsonAnswer.OneLine));
                using var feedback = await http.SendAsync(request, cancellationToken);
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException or JsonException)
        {
            // Not answered: the difference between sent and answered says so.
        }
    }

    // Of a text it is how good it is; null where nobody here can say.
    private JsonElement? LabelOf(PredictionAnswer answer, LabelledRow row) =>
        answer.Answer is { } text ? options.Rating?.Of(text, row.Expected) is { } rating ? Json(rating) : null
        : options.Classes is { } classes
            ? JsonSerializer.SerializeToElement(classes.Names[(int)row.Label], CanonicalJson.Of<string>())
        : Json(row.Label);

    private static JsonElement Json(double number) => JsonSerializer.SerializeToElement(number, CanonicalJson.Of<double>());

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var temporary = options.ResultFile + ".tmp";
        await File.WriteAllBytesAsync(
            temporary, CanonicalJson.Serialize(new RehearsalResult(_sent, _answered, _byStatus, _byVersion)), cancellationToken);
        File.Move(temporary, options.ResultFile, overwrite: true);
    }
}
