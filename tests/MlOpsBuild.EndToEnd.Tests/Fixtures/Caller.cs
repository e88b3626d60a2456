using System.Net;
using System.Text;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>Calls a serving address as anybody would.</summary>
internal sealed class Caller(Uri address) : IDisposable
{
    /// <summary>An hour that every version can predict.</summary>
    public const string Good =
        """{"dteday":"2012-11-02","season":4,"yr":1,"mnth":11,"hr":8,"holiday":0,"weekday":5,"workingday":1,"weathersit":1,"temp":0.34,"atemp":0.32,"hum":0.5,"windspeed":0.2}""";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = address, Timeout = TimeSpan.FromSeconds(10)
    };

    /// <summary>Status, version and body of one answer.</summary>
    public async Task<(HttpStatusCode Status, int Version, string Body)> PredictAsync(string body = Good)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("predict", UriKind.Relative), content);
        var version = answer.Headers.TryGetValues("X-Model-Version", out var values) ? int.Parse(values.Single()) : 0;
        return (answer.StatusCode, version, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}
