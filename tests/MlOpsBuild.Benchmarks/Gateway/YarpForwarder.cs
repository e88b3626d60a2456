using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace MlOpsBuild.Benchmarks.Gateway;

/// <summary>
/// YARP's direct forwarding as its documentation sets it up, on Kestrel without anything else: <c>yarp PORT UPSTREAM</c>.
/// </summary>
internal static class YarpForwarder
{
    public static async Task ServeAsync(int port, int upstream)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore().AddHttpForwarder();
        await using var app = builder.Build();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false,
            EnableMultipleHttp2Connections = true, ActivityHeadersPropagator = null, ConnectTimeout = TimeSpan.FromSeconds(15),
        });
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var to = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{upstream}");
        app.Run(async context => await forwarder.SendAsync(context, to, client, ForwarderRequestConfig.Empty, HttpTransformer.Default));
        await app.RunAsync();
    }
}
