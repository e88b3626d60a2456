namespace MlOpsBuild.Components.Ci;

/// <summary>The jobs of a change, from what a build can do.</summary>
internal static class CiStages
{
    /// <summary>The jobs, in the order in which they run.</summary>
    public static IEnumerable<CiJob> Of(object build, CiJobs spread) => spread == CiJobs.PerStage ? Chain(build) : Together(build);

    /// <summary>The targets of the delivered branch.</summary>
    public static string Delivered(object build) => build switch
    {
        IPackageModel => WithReport(build, nameof(IPackageModel.Package)),
        ITestModel => WithReport(build, nameof(ITestModel.TestModel)),
        _ => nameof(ITrain.Train),
    };

    /// <summary>Targets, and the report on them where the build makes one.</summary>
    public static string WithReport(object build, string targets) => build is IReport ? $"{targets} {nameof(IReport.Report)}" : targets;

    private static IEnumerable<CiJob> Together(object build)
    {
        if (build is ITestModel)
        {
            yield return new("test-model", CiTrigger.Request, WithReport(build, nameof(ITestModel.TestModel)))
            {
                Reports = build is IReport
            };
            yield return new("package", CiTrigger.Branch, Delivered(build)) { Reports = build is IReport };
        }
        else if (build is ITrain)
        {
            yield return new("train", CiTrigger.Change, nameof(ITrain.Train));
        }
    }

    // Each job names the one before it that the build has.
    private static IEnumerable<CiJob> Chain(object build)
    {
        List<CiJob> jobs = [];
        Add(build is IValidateData, new("validate-data", CiTrigger.Change, nameof(IValidateData.ValidateData)) { Stage = "data" });
        Add(build is ITrain, new("train", CiTrigger.Change, nameof(ITrain.Train)) { Stage = "train" });
        Add(
            build is ITestModel,
            new("test-model", CiTrigger.Change, WithReport(build, nameof(ITestModel.TestModel))) { Reports = build is IReport });
        Add(build is IPackageModel, new("package", CiTrigger.Branch, WithReport(build, nameof(IPackageModel.Package)))
        {
            Stage = "package", Reports = build is IReport
        });
        return jobs.Select((job, index) => job with
        {
            Needs = index > 0 ? jobs[index - 1].Name : null, HandsOver = index < jobs.Count - 1
        });

        void Add(bool has, CiJob job)
        {
            if (has)
            {
                jobs.Add(job);
            }
        }
    }
}
