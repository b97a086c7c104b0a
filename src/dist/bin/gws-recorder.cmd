@echo off
rem gws-recorder --to URL --file FILE [--help]   a proxy at http://127.0.0.1:8099 that writes what a GWS sends into FILE
setlocal
set LIB=%~dp0..\lib
set JAVA=java
if defined JAVA_HOME set JAVA=%JAVA_HOME%\bin\java
"%JAVA%" -XX:+PerfDisableSharedMem "-Dlogback.configurationFile=%LIB%\simulator\logback.xml" -cp "%LIB%\simulator\*;%LIB%\*" org.imsession.simulator.recorder.RecorderMain %*
exit /b %ERRORLEVEL%
