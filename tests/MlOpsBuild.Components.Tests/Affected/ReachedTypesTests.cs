using MlOpsBuild.Components.Affected.Tests.Reach;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Affected.Tests;

public sealed class ReachedTypesTests
{
    [Fact]
    public void Types_are_reached_through_all_that_code_can_say()
    {
        var reached = From(typeof(Start));

        foreach (var type in new[]
        {
            typeof(Parent), typeof(InField), typeof(InList), typeof(Called), typeof(InLambda), typeof(Returned), typeof(ByCalled),
            typeof(MarkAttribute), typeof(Named), typeof(InGenericCall), typeof(Caught)
        })
        {
            reached.ShouldContain(type);
        }

        reached.ShouldNotContain(typeof(Apart));
    }

    [Fact]
    public void Borders_are_not_crossed()
    {
        var reached = From(typeof(Start), typeof(Called));

        reached.ShouldNotContain(typeof(ByCalled));
        reached.ShouldContain(typeof(InLambda));
    }

    [Fact]
    public void Every_type_of_this_assembly_can_be_read() =>
        Should.NotThrow(() => typeof(ReachedTypesTests).Assembly.GetTypes().ToList().ForEach(type => From(type)));

    [Fact]
    public void Files_are_those_of_the_checkout()
    {
        var files = TypeFiles.Of(typeof(ReachedTypesTests).Assembly, RepositoryRoot.Path);

        files.ShouldNotBeNull().FilesOf([typeof(Start)]).ShouldBe(["tests/MlOpsBuild.Components.Tests/Affected/Reach.cs"]);
        files.WithConstants.ShouldContain("tests/MlOpsBuild.Components.Tests/TestRun.cs");
        files.WithConstants.ShouldNotContain("tests/MlOpsBuild.Components.Tests/TwoPipelinesBuildTests.cs");
    }

    private static IReadOnlySet<Type> From(Type start, params Type[] borders) =>
        ReachedTypes.From(start, assembly => assembly == start.Assembly, borders.ToHashSet(), new UsedTypes());
}
