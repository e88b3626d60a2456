using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Rendering;
using MlOpsBuild.Reporting.Rendering;

namespace MlOpsBuild.Dashboard.Page;

/// <summary>The page: one file that asks this server and nobody else.</summary>
internal static class DashboardPage
{
    private const int NonceBytes = 16;

    private static readonly string Template = Read("page.html")
        .Replace("/*style*/", EmbeddedText.Read(typeof(ReportTemplate).Assembly, "style.css") + Read("page.css"), StringComparison.Ordinal)
        .Replace("/*script*/", Read("page.js"), StringComparison.Ordinal);

    /// <summary>Writes it. Scripts and styles are its own alone, which a number of this answer proves.</summary>
    public static async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        var content = Encoding.UTF8.GetBytes(Template.Replace("{nonce}", nonce, StringComparison.Ordinal));
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, cancellationToken);
    }

    private static string Read(string name) => EmbeddedText.Read(typeof(DashboardPage).Assembly, $"dashboard/{name}");
}
