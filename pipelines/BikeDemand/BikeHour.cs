using MlOpsBuild.Data.Contracts;

namespace Pipelines;

/// <summary>One hour of rentals: the contract of the UCI bike-sharing file <c>hour.csv</c> (DOI 10.24432/C5W894).</summary>
public sealed record BikeHour(
    [property: Column("instant"), Identifier] int Instant,
    [property: Column("dteday"), Timestamp] DateOnly Day,
    [property: Column("season"), Categories("1", "2", "3", "4")] int Season,
    [property: Column("yr"), Range(0, 50)] int Year,
    [property: Column("mnth"), Range(1, 12)] int Month,
    [property: Column("hr"), Range(0, 23), Timestamp(TimestampPart.Hour)] int Hour,
    [property: Column("holiday")] bool Holiday,
    [property: Column("weekday"), Range(0, 6)] int Weekday,
    [property: Column("workingday")] bool WorkingDay,
    [property: Column("weathersit"), Categories("1", "2", "3", "4")] int Weather,
    [property: Column("temp"), Range(0, 1)] double Temperature,
    [property: Column("atemp"), Range(0, 1)] double FeltTemperature,
    [property: Column("hum"), Range(0, 1)] double Humidity,
    [property: Column("windspeed"), Range(0, 1)] double WindSpeed,
    [property: Column("casual"), Range(0, 100000), Leak("casual + registered = cnt")] int Casual,
    [property: Column("registered"), Range(0, 100000), Leak("casual + registered = cnt")] int Registered,
    [property: Column("cnt"), Range(0, 100000), Label] int Count);
