using System.Globalization;

namespace MlOpsBuild.Core.Telemetry;

/// <summary>Remembers why a collector did not take something: exporters keep that to themselves.</summary>
/// <param name="told">Told each new reason once; null tells nobody.</param>
public sealed class CollectorAnswers(Action<string>? told = null)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    /// <summary>Why the last request was not taken; null when it was.</summary>
    public string? Refusal { get; private set; }

    /// <inheritdoc />
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Heard(base.Send(request, cancellationToken));
        }
        catch (HttpRequestException silent)
        {
            Refuse(silent.Message);
            throw;
        }
    }

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Heard(await base.SendAsync(request, cancellationToken));
        }
        catch (HttpRequestException silent)
        {
            Refuse(silent.Message);
            throw;
        }
    }

    private HttpResponseMessage Heard(HttpResponseMessage answer)
    {
        Refuse(answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"it answered {(int)answer.StatusCode}"));
        return answer;
    }

    private void Refuse(string? reason)
    {
        if (reason != null && reason != Refusal)
        {
            told?.Invoke(reason);
        }

        Refusal = reason;
    }
}
