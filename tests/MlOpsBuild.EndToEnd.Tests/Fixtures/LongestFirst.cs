using Xunit.Abstractions;

[assembly: TestCollectionOrderer("MlOpsBuild.EndToEnd.Tests.Fixtures.LongestFirst", "MlOpsBuild.EndToEnd.Tests")]

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>
/// Begins with the class that takes longest, so that no lane ends long after the other; what needs its result comes last.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] First = [nameof(BuildFromTheTemplate)];
    private static readonly string[] Last = [nameof(TemplateBesideOtherFiles), nameof(TemplateOfOneFile)];

    /// <inheritdoc />
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(Place);

    private static int Place(ITestCollection collection) => First.Any(Names(collection)) ? 0 : Last.Any(Names(collection)) ? 2 : 1;

    private static Func<string, bool> Names(ITestCollection collection) =>
        name => collection.DisplayName.EndsWith("." + name, StringComparison.Ordinal);
}
