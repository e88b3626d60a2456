using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>The id of a request: the caller's, if it can stand in a header and in a log, or one of our own.</summary>
internal static class RequestId
{
    private const int Longest = 128;

    /// <summary>The id; null when the caller's was refused, which is the caller's fault and nobody's event.</summary>
    public static string? Of(HttpRequest request)
    {
        var given = request.Headers[ServerHeaders.RequestId].ToString();
        return given.Length == 0 ? ActivityTraceId.CreateRandom().ToHexString()
            : given.Length <= Longest && given.All(character => character is > ' ' and <= '~') ? given : null;
    }

    /// <summary>The id of one of several rows of a request, counted from 0.</summary>
    public static string OfRow(string id, int row) => string.Create(CultureInfo.InvariantCulture, $"{id}-{row}");

    public static Task RefuseAsync(HttpContext context) => JsonAnswer.ProblemAsync(
        context, StatusCodes.Status400BadRequest, "The request id was not accepted",
        new Finding(
            "MLB5109", "Not an id", ServerHeaders.RequestId, null, $"1 to {Longest} visible ASCII characters",
            "correct the header, or leave it out"));
}
