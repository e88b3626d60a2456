namespace MlOpsBuild.Engine.Output.Tests;

/// <summary>The build whose help, plan and records are looked at.</summary>
internal sealed class OutputBuild : NukeBuild
{
    [Parameter("How long to train")] public int Epochs { get; private set; } = 5;

    [Parameter("Columns to use")] public string[]? Features { get; private set; }

    [Parameter("Registry token"), Secret] public string? Token { get; private set; }

    [Parameter("Nobody's business", List = false)] public string? Internal { get; private set; }

    public Target Data => _ => _.Description("Checks the data").Executes(() => { });

    public Target Train => _ => _
        .Description("Trains the model")
        .Example("Train --epochs 3", "a short one")
        .DependsOn(Data)
        .Executes(() => ReportSummary(_ => new() { ["RMSE"] = "42.1", ["cached"] = "" }));

    public Target Report => _ => _
        .Description("Writes the report")
        .TriggeredBy(Train)
        .OnlyWhenStatic(() => Epochs > 1, "more than one epoch")
        .Executes(() => { });

    public Target Leak => _ => _.Unlisted().Executes(() => ReportSummary(_ => new() { ["registry"] = $"https://user:{Token}@host" }));

    public Target Broken => _ => _.Unlisted().Executes(() => throw new IOException("broken"));
}
