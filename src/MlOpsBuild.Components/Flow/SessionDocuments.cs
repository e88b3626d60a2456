using System.Text;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow;

/// <summary>Gives documents to programs, in the one JSON form of all that is stored.</summary>
internal static class SessionDocuments
{
    /// <summary>Prints <paramref name="document"/>; its schema is in <c>src/docs/schemas</c>.</summary>
    public static void Document<T>(this ISessionOutput output, T document) =>
        output.Document(Encoding.UTF8.GetString(CanonicalJson.Serialize(document)).TrimEnd());
}
