using System.Net;

namespace MlOpsBuild.Scoring.Prompts;

/// <summary>The proxy of the machine, but for what listens on the machine itself: that is nobody else's to read.</summary>
internal sealed class OutsideProxy : IWebProxy
{
    private readonly IWebProxy _usual = HttpClient.DefaultProxy;

    public ICredentials? Credentials
    {
        get => _usual.Credentials;
        set => _usual.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? destination : _usual.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || _usual.IsBypassed(host);
}
