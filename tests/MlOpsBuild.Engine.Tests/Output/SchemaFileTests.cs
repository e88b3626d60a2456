using System.Text.Json.Nodes;
using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Output.Tests;

public sealed class SchemaFileTests : IDisposable
{
    private const string Schema = ".nuke/build.schema.json";
    private static readonly DateTime Old = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TestRun _run = new();

    internal enum Colour
    {
        Red,
        Green,
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Parameters_have_their_types_and_texts()
    {
        var properties = JsonNode.Parse(SchemaFile.Of(new Sample()))!["properties"]!;

        properties["epochs"]!.ToJsonString().ShouldBe("""{"type":"integer","description":"How long"}""");
        properties["rate"]!.ToJsonString().ShouldBe("""{"type":"number"}""");
        properties["force"]!.ToJsonString().ShouldBe("""{"type":"boolean"}""");
        properties["name"]!.ToJsonString().ShouldBe("""{"type":"string"}""");
        properties["sizes"]!.ToJsonString().ShouldBe("""{"type":"array","items":{"type":"integer"}}""");
        properties["colour"]!.ToJsonString().ShouldBe("""{"type":"string","enum":["Red","Green"]}""");
        properties.AsObject().ContainsKey("internal").ShouldBeFalse();
        properties["verbosity"]!["enum"]!.AsArray().Count.ShouldBe(4);
    }

    [Fact]
    public void Listed_targets_are_what_skip_takes()
    {
        var schema = JsonNode.Parse(SchemaFile.Of(new Sample()))!;

        schema["$defs"]!["target"]!["enum"]!.ToJsonString().ShouldBe("""["Data","Train"]""");
        schema["properties"]!["skip"]!["items"]!.ToJsonString().ShouldBe("""{"$ref":"#/$defs/target"}""");
        schema["title"]!.GetValue<string>().ShouldBe("Parameters of Sample");
    }

    [Fact]
    public void Parameters_are_in_stable_order() =>
        JsonNode.Parse(SchemaFile.Of(new Sample()))!["properties"]!.AsObject().Select(property => property.Key).ShouldBeInOrder();

    [Fact]
    public void File_is_written_where_the_folder_is()
    {
        _run.Write(".nuke/parameters.json", "{}");

        SchemaFile.Write(new Sample(), _run.Context());

        _run.Read(Schema).ShouldBe(SchemaFile.Of(new Sample()) + "\n");
    }

    [Fact]
    public void Without_the_folder_nothing_is_made()
    {
        SchemaFile.Write(new Sample(), _run.Context());

        Directory.Exists(Path.Combine(_run.Root, ".nuke")).ShouldBeFalse();
    }

    [Fact]
    public void File_that_would_be_the_same_is_not_touched()
    {
        _run.Write(Schema, SchemaFile.Of(new Sample()) + "\n");
        File.SetLastWriteTimeUtc(Path.Combine(_run.Root, Schema), Old);

        SchemaFile.Write(new Sample(), _run.Context());

        File.GetLastWriteTimeUtc(Path.Combine(_run.Root, Schema)).ShouldBe(Old);
    }

    [Fact]
    public void File_of_another_build_is_replaced()
    {
        _run.Write(Schema, "{}\n");

        SchemaFile.Write(new Sample(), _run.Context());

        _run.Read(Schema).ShouldContain("epochs");
    }

    [Fact]
    public void Build_server_leaves_the_checkout_as_it_is()
    {
        _run.Write(Schema, "{}\n");
        _run.Environment["CI"] = "true";

        SchemaFile.Write(new Sample(), _run.Context());

        _run.Read(Schema).ShouldBe("{}\n");
    }

    private sealed class Sample : NukeBuild
    {
        [Parameter("How long")] public int? Epochs { get; private set; }

        [Parameter] public decimal Rate { get; private set; }

        [Parameter] public bool? Force { get; private set; }

        [Parameter] public string? Name { get; private set; }

        [Parameter] public IReadOnlyList<long>? Sizes { get; private set; }

        [Parameter] public Colour Colour { get; private set; }

        [Parameter(List = false)] public string? Internal { get; private set; }

        public Target Train => _ => _.DependsOn(Data);

        public Target Data => _ => _;

        public Target Hidden => _ => _.Unlisted();
    }
}
