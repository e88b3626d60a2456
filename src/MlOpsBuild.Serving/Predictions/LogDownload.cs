using Microsoft.AspNetCore.Http;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Predictions;

/// <summary>
/// Gives away what is kept of predictions and units, a file an answer: the one after the file that is named, or 204 when there is none.
/// Where the gateway's folder is not this machine's, whoever monitors asks for it so.
/// </summary>
internal static class LogDownload
{
    // The key of the units stays where it is: whoever judges needs none.
    private static readonly string[] Patterns = [PredictionLogPlace.Pattern, UnitEntry.Pattern];

    public static async Task AnswerAsync(HttpContext context, PredictionLogPlace? place)
    {
        var after = context.Request.Query[ServerHeaders.After].ToString();
        var next = place == null || !Directory.Exists(place.Folder)
            ? null
            : Patterns.SelectMany(pattern => Directory.GetFiles(place.Folder, pattern))
                .Order(StringComparer.Ordinal)
                .FirstOrDefault(file => string.CompareOrdinal(Path.GetFileName(file), after) > 0);
        if (next == null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        // The newest is written meanwhile: what is there now is given, whole lines or not, as a copy of the file would.
        var length = new FileInfo(next).Length;
        context.Response.Headers[ServerHeaders.File] = Path.GetFileName(next);
        context.Response.ContentType = "application/jsonl";
        context.Response.ContentLength = length;
        await context.Response.SendFileAsync(next, 0, length, context.RequestAborted);
    }
}
